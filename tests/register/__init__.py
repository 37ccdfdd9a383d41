"""Tests of the register, on both engines."""
