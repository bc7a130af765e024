# Only the stand-in below .venv runs here.
