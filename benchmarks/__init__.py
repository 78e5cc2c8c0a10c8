"""What the ensemble is measured against: the same rules, driven as Mesa's tutorial would."""
