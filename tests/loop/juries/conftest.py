import pytest

from tests.factories.calls import EntryFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory
from tests.factories.people import person_with
from vuoksi.base.people.models import Role


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


@pytest.fixture
def ready():
    """A draft panel with a criterion, three jurors and three ideas."""
    panel = PanelFactory()
    CriterionFactory(panel=panel, label="Use", weight=2)
    CriterionFactory(panel=panel, label="Cost")
    JurorFactory.create_batch(3, panel=panel)
    EntryFactory.create_batch(3, call=panel.call)
    return panel
