"""Parts and coefficients of variation judged by the million, on any engine, with exact verdicts."""
