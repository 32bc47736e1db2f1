"""What the engines' sentences are in the reader's language, and what a panel lacks before it opens."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Text
from vuoksi.loop.calls.engine.sentences import Sentence, say
from vuoksi.loop.juries.models import Panel

MISSING = {
    "sending": _("the end of sending: ideas sent later would not be judged"),
    "criteria": _("at least one criterion"),
    "jurors": _("at least two jurors"),
    "finalists": _("two to fourteen finalists"),
    "entries": _("ideas that were sent in"),
}
# The same texts as the engines' own ENGLISH, marked for translation; a test holds them together.
RANKING = {
    "in_category": _("Category {category}:"),
    "place_decided": _("Place {place} is clear: {entry}."),
    "places_decided": _("Places {first} to {last} are clear, each of them."),
    "places_open": _(
        "Places {first} to {last} are not decided by the scores: who stands on them is clear, their order is not."
    ),
    "places_rest": _("From place {first} on, the scores do not decide the order."),
    "nothing_decided": _("The scores do not decide any place for certain."),
    "cut_none": _("There are no places to be given."),
    "cut_all": _("There is a place for every entry."),
    "cut_decided": _(
        "The line after place {places} is clear: {last_in} is in, {first_out} is not."
    ),
    "cut_open": _(
        "The line after place {places} is not clear: the chance that {last_in} truly is better than {first_out} is {percent} %."
    ),
    "cut_tie": _(
        "The line after place {places} runs between entries with the same corrected score ({last_in} and {first_out}): the scores cannot choose between them."
    ),
    "certain": _("Sure of a place ({confidence} % or more): {entries}."),
    "possible": _(
        "May or may not belong among the winners, the likeliest first: {entries}. This is for the jury to discuss."
    ),
    "leniency_large": _(
        "Reviewers differed in leniency: between the most lenient ({lenient}) and the strictest ({strict}) lie {points} points. This has been corrected for."
    ),
    "leniency_small": _("Reviewers hardly differed in leniency, so the correction changes little."),
    "spread": _(
        "Some reviewers told entries apart more strongly than others; this has been corrected for too."
    ),
    "groups_not_compared": _(
        "There are {groups} groups of entries that no reviewer connects. Between groups the scores cannot tell a better entry from a more lenient reviewer; the ranking assumes that no group had the stricter reviewers, and its uncertainty allows for that."
    ),
    "entries_without_review": _(
        "{count} entries have no review: nothing is known of their quality."
    ),
    "single_reviews": _("{count} entries have one review only."),
    "few_reviewers": _("There are few reviewers: how much they differ is itself uncertain."),
    "incomplete_reviews": _(
        "Some reviews lack a criterion; the others stand for it, allowing for how hard each criterion is."
    ),
    "many_top_scores": _(
        "Many reviews gave the highest possible score: beyond it the scale cannot tell entries apart."
    ),
    "no_variation": _("All reviews came to the same total: the scores say nothing of the order."),
    "stopped_early": _("The computation was stopped early: its chances are rougher than usual."),
    "entry_rank": _("{entry} is number {rank} of {entries}."),
    "entry_rank_shared": _(
        "{entry} shares place {rank} of {entries} with an equal corrected score."
    ),
    "entry_range": _("With {confidence} % confidence its true place is between {low} and {high}."),
    "entry_chance": _("The chance that it belongs among the {places} winners is {percent} %."),
    "entry_raised": _(
        "Its {reviews} reviews average {mean}. Its reviewers were stricter than this jury's average by {leniency} points each, which counts for it. Its corrected score is {corrected}."
    ),
    "entry_lowered": _(
        "Its {reviews} reviews average {mean}. Its reviewers were more lenient than this jury's average by {leniency} points each, which counts against it. Its corrected score is {corrected}."
    ),
    "entry_kept": _(
        "Its {reviews} reviews average {mean}, its reviewers were about as strict as this jury's average, and its corrected score is {corrected}."
    ),
    "entry_shrunk": _(
        "Few reviews say little: a corrected score is drawn towards the average of all entries, the more so the fewer and the less steady the reviews."
    ),
    "entry_unreviewed": _("It has no review, so nothing is known of its quality."),
}
FINALS = {
    "order": _("The order that disagrees least with the {members} ballots is: {order}."),
    "agreement": _("It agrees with {percent} % of the members' comparisons of two finalists."),
    "other_orders": _(
        "{orders} orders are equally good; where they differ, the one shown puts the stronger finalist first."
    ),
    "line_decided": _(
        "The line after place {place} is clear: other members of this kind would very likely have chosen the same {place}."
    ),
    "nothing_decided": _("So few or so different ballots do not decide any place for certain."),
    "cut_decided": _("The winners are clear: {winners}."),
    "cut_open": _("Who wins is not clear from the ballots alone. The chances: {chances}."),
    "cut_tie": _(
        "The line after place {places} runs between finalists that equally good orders place on either side: {entries}. The jury must choose between them."
    ),
    "before_next": _(
        "{finalist} is on place {place}: {members} of {compared} members put it before {following}."
    ),
    "last": _("{finalist} is on place {place}, the last."),
    "chance": _(
        "The chance that a larger jury of such members would put it among the {places} winners is {percent} %; its place would be between {low} and {high}."
    ),
    "few_members": _("There are few ballots: one more could change the order."),
    "partial_ballots": _(
        "Some members did not judge every finalist; that counts neither for nor against those that they left out."
    ),
    "unranked_finalists": _("A finalist was judged by nobody: its place means nothing."),
    "stopped_early": _("The computation was stopped early: its chances are rougher than usual."),
}
ASSIGNMENT = {
    "complete": _("Every entry has the {wanted} reviews wanted."),
    "incomplete": _(
        "{missing} of the {wanted} reviews wanted cannot be given: there is no way to share the entries that would give more."
    ),
    "short_entry": _("{entry} lacks {missing}: only {free} reviewers may judge it."),
    "short_capacity": _(
        "{entry} lacks {missing}: the {free} reviewers who may judge it have their most."
    ),
    "loads": _(
        "Each reviewer has between {low} and {high} reviews; within conflicts, languages and limits no evener sharing is possible."
    ),
    "below_least": _("Fewer reviews than promised could be given to: {reviewers}."),
    "fit": _("On average a reviewer knows {percent} % of an entry's topics."),
    "mixed": _("Reviewers meet on common entries well enough to compare how lenient they are."),
    "swaps": _("{swaps} exchanges were made so that reviewers meet on more common entries."),
    "weakly_mixed": _(
        "Some reviewers meet others on few common entries: how lenient they are will be known only roughly."
    ),
    "groups_apart": _(
        "The reviewers fall into {groups} groups without a common entry: scores cannot be compared between them."
    ),
    "stopped_early": _("The computation was stopped early: a better plan may exist."),
    "why_fixed": _("{reviewer} had begun the review of {entry} before."),
    "why_topics": _("{reviewer} knows {shared} of the {topics} topics of {entry}: {names}."),
    "why_needed": _(
        "{reviewer} shares no topic with {entry}, but it needs reviewers and the load is shared evenly."
    ),
    "bar_author": _("{reviewer} is an author of {entry}."),
    "bar_declared": _("{reviewer} declared a conflict of interest with {entry}."),
    "bar_organisation": _("{reviewer} shares an organisation with {entry}: {names}."),
    "bar_co_author": _("{reviewer} wrote {names} together with an author of {entry}."),
    "bar_forbidden": _("The coordinator ruled out that {reviewer} reviews {entry}."),
    "bar_language": _("{reviewer} does not read {language}, the language of {entry}."),
    "not_full_load": _("{reviewer} has as many reviews as agreed ({most})."),
    "not_enough_already": _(
        "{reviewer} could review {entry}, which has the reviews wanted from others: loads are even and expertise fits best this way."
    ),
    "not_no_way": _("{reviewer} could review {entry}, but only by leaving another entry without."),
}


RANKINGS = {Panel.Way.SCORES: RANKING, Panel.Way.RANKS: FINALS}


def said(sentence: Sentence, texts: Mapping[str, Text]) -> str:
    """The sentence in the reader's language; `texts` are those of the engine that it comes from."""
    return say(sentence, {sentence.code: str(texts[sentence.code])})
