"""What patterns gave: on screen, as JSON, without mechanisms, and across parameter sets."""
