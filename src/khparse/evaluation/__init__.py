"""Evaluation: how far extracted records agree with gold ones, and whether their confidences mean what they say."""
