"""Somebody without a mouse: `Hands` go through a page by Tab, press Enter and Space, choose by arrows, and type.

Nothing is clicked and no focus is set by a script. A page is entered by its first stop, the link past the menu; then
Tab goes on until the wanted control has the focus. That the focus is seen is looked at on each control that is used.
"""

from django.utils import translation
from django.utils.translation import gettext

MOST_STOPS = 150
# Whether this control has the focus; the kind, name and value of what has it; and whether its focus is seen.
STOP = """control => {
    const here = document.activeElement, style = getComputedStyle(here);
    return {
        isIt: control === here,
        isNowhere: here === document.body,
        name: here.name || '',
        value: here.value || '',
        isSeen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
}"""


class Hands:
    """A person before one page, in one language. Controls are known by the name of their field or by the words on them."""

    def __init__(self, page, language):
        self.page = page
        self.language = language
        self.unseen = []
        # From now on the browser hands its file choosers to us. Asked only at the key press, it may not have heard of
        # it yet when the chooser opens, and then nobody ever sees that one.
        page.on("filechooser", lambda chooser: None)

    def said(self, words):
        """The words of the interface in this person's language."""
        with translation.override(self.language):
            return gettext(words)

    def field(self, name):
        return self.page.locator(f"main [name='{name}']").first

    def button(self, words):
        return self.page.locator("main").get_by_role("button", name=self.said(words)).first

    def link(self, words):
        return self.page.locator("main").get_by_role("link", name=self.said(words)).first

    def reach(self, control):
        """Press Tab until the control has the focus, first of all past the menu."""
        stop = control.evaluate(STOP)
        if stop["isNowhere"]:
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        for _ in range(MOST_STOPS):
            if stop["isIt"]:
                if not stop["isSeen"]:
                    self.unseen.append((self.page.url, str(control)))
                return
            self.page.keyboard.press("Tab")
            stop = control.evaluate(STOP)
        raise AssertionError(f"{control} is not reached on {self.page.url}")

    def press(self, control):
        """Press Enter on a button or a link, and wait for the page that it leads to."""
        self.reach(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name, text):
        """Type over what stands in a field."""
        self.reach(self.field(name))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name, words):
        """Choose from a list by typing the beginning of a line."""
        field = self.field(name)
        self.reach(field)
        self.page.keyboard.type(words)
        chosen = field.evaluate("list => list.selectedOptions[0].text")
        assert chosen.startswith(words), chosen

    def pick(self, name, value):
        """Choose one of several buttons of one field: Tab leads into the group, arrows go on in it."""
        group = self.page.locator(f"main [name='{name}']")
        wanted = self.page.locator(f"main [name='{name}'][value='{value}']")
        stop = wanted.evaluate(STOP)
        while stop["name"] != name:
            self.page.keyboard.press("Tab")
            stop = wanted.evaluate(STOP)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.evaluate("control => control.checked"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be {value} by arrows")

    def tick(self, control):
        """Tick a box, unless it is offered ticked."""
        self.reach(control)
        if not control.is_checked():
            self.page.keyboard.press("Space")
        assert control.is_checked()

    def date(self, name, day):
        """Type a date, whose parts Chromium asks for in the order of its own language: month, day, year."""
        field = self.field(name)
        self.reach(field)
        self.page.keyboard.type(day.strftime("%m%d%Y"))
        assert field.input_value() == day.isoformat()

    def give_file(self, name, path):
        """Open the chooser of a file field with the space bar, and choose one file."""
        field = self.field(name)
        self.reach(field)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(path)
        assert field.evaluate("field => field.files.length") == 1
