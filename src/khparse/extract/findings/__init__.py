"""Findings: what in a plan contradicts itself or cannot be right."""
