from datetime import datetime

from vuoksi.base.audit.actions import action, record
from vuoksi.base.people.models import User
from vuoksi.loop.calls.queries import next_rules
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Panel, RuleSet


@action
def freeze_rules(
    *, panel: Panel, by: User, at: datetime, reason: str = "", reopened: int = 0
) -> RuleSet:
    """Keep the rules as they stand now, with their fingerprint; all but the first have a reason."""
    rules.check_steer_panel(by)
    rule_set = next_rules(RuleSet, {"panel": panel}, queries.rules_data(panel))
    rule_set.reason, rule_set.reopened, rule_set.by, rule_set.at = reason, reopened, by, at
    rule_set.save()
    record(actor=by, verb="juries.freeze_rules", thing=panel, at=at, digest=rule_set.digest)
    return rule_set
