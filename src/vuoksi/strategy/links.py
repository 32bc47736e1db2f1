"""Where an action comes from, so that news about it reaches everyone upstream."""

from collections.abc import Iterable

from django.db.models import Model

from vuoksi.base.notices.links import authors_of, upstream_of
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.talk.about import About, discussable, to_follow
from vuoksi.strategy import rules
from vuoksi.strategy.models import Action, Chapter, Goal, Roadmap, Story


@upstream_of(Action)
def goal_of(action: Action) -> Iterable[Model]:
    return [action.goal]


@upstream_of(Goal)
def homes_of(goal: Goal) -> Iterable[Model]:
    return [home for home in (goal.chapter, goal.roadmap) if home is not None]


@discussable(Action)
def about_action(action: Action) -> About:
    return About(
        url=action.get_absolute_url(),
        may_answer=lambda user: rules.may_update_action(user, action),
    )


@discussable(Goal)
def about_goal(goal: Goal) -> About:
    return About(url=goal.get_absolute_url())


@discussable(Chapter)
def about_chapter(chapter: Chapter) -> About:
    return About(
        url=chapter.get_absolute_url(),
        may_answer=lambda user: rules.may_answer_feedback(user, chapter),
    )


@discussable(Roadmap)
def about_roadmap(roadmap: Roadmap) -> About:
    return to_follow(roadmap.get_absolute_url())


@discussable(Story)
def about_story(story: Story) -> About:
    return to_follow(story.get_absolute_url())


@upstream_of(Chapter)
def story_of(chapter: Chapter) -> Iterable[Model]:
    return [chapter.story]


@authors_of(Action)
def action_owners(action: Action) -> Iterable[User]:
    return people_of(action.owner)


@authors_of(Chapter)
def chapter_owners(chapter: Chapter) -> Iterable[User]:
    return people_of(chapter.owner)


@authors_of(Roadmap)
def roadmap_owners(roadmap: Roadmap) -> Iterable[User]:
    return people_of(roadmap.owner)


def people_of(owner: Organisation | None) -> Iterable[User]:
    if owner is None:
        return []
    return User.objects.filter(memberships__organisation=owner, is_active=True).order_by("pk")
