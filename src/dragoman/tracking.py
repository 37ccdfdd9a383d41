"""Tracking the delivery of commitments, for the faces: board, events, evidence, assessments."""

from __future__ import annotations
