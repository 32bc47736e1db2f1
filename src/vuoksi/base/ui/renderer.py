from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms are drawn by the ui templates: label, help, error, input, in this order."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
