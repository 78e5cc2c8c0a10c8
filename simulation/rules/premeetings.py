"""Mechanism 6: pre-meetings give each camp a mandate from home, and harden it."""

from simulation.compilation import compiled


@compiled
def is_in_time(arrived, week, premeeting_weeks):
    """A matter must have reached the body before the camps met about it.

    arrived < week - weeks between pre-meeting and meeting; 0 without pre-meetings [SFI12 case 3]
    """
    return arrived < week - premeeting_weeks


@compiled
def chance_with_mandate_from_home(chance, prepared_share, gain):
    """Those who settled their camp's view beforehand can say yes at the table.

    p' = p + gain · s (1 - p), s the share of those present who have met beforehand
    [SFI12 case 3 for pre-meetings; size: assumption]
    """
    return chance + gain * prepared_share * (1.0 - chance)
