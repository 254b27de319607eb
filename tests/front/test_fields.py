import pytest
from django import forms
from django.template import Context, Template

from reviews.styleguide import Correction, Finding


class Samples(forms.Form):
    text = forms.CharField(min_length=20, max_length=40, widget=forms.Textarea, help_text="As it would arrive.")
    name = forms.CharField(max_length=10)
    ticked = forms.BooleanField()
    route = forms.ChoiceField(choices=[("a", "Edit"), ("b", "Recreate")], widget=forms.RadioSelect)


def render(source: str, form: forms.Form, **context: object) -> str:
    return Template("{% load fields %}" + source).render(Context({"form": form, **context}))


def test_the_hint_and_the_error_are_named_by_the_control() -> None:
    html = render("{% field form.text %}", Samples({"text": "short"}))
    assert 'aria-describedby="id_text_error id_text_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_text_error"' in html
    assert 'id="id_text_helptext"' in html


def test_a_field_with_nothing_to_say_describes_nothing() -> None:
    assert "aria-describedby" not in render("{% field form.name %}", Samples())


def test_a_counted_field_shows_its_bounds_and_lets_too_much_be_pasted() -> None:
    html = render("{% field form.text %}", Samples({"text": "one\r\ntwo 😀"}))
    assert 'data-count="id_text" data-min="20" data-max="40">9 of 20–40<' in html
    assert "maxlength" not in html


@pytest.mark.parametrize(
    ("flagged", "said"),
    [
        ("usual place of 30497", "usual place of 30497"),
        (["30924", 30909], "flagged by 30924, 30909"),
        (True, "flagged"),
    ],
)
def test_a_flag_names_its_codes(flagged: object, said: str) -> None:
    html = render("{% field form.name flagged=flagged %}", Samples(), flagged=flagged)
    assert "field is-flagged" in html
    assert f"{said}</span>" in html


@pytest.mark.parametrize("flagged", ["", [], (), False])
def test_no_codes_are_no_flag(flagged: object) -> None:
    assert "flag" not in render("{% field form.name flagged=flagged %}", Samples(), flagged=flagged)


def test_the_place_of_findings_is_there_before_there_are_any() -> None:
    html = render("{% field form.name findings=findings %}", Samples(), findings=[])
    assert 'id="id_name_findings"></ul>' in html


def test_findings_can_be_swapped_in_alone() -> None:
    html = render("{% below 'id_name' findings oob=True %}", Samples(), findings=[Finding("error", "a < b")])
    assert 'id="id_name_findings" hx-swap-oob="true"' in html
    assert "lv-error" in html
    assert "a &lt; b" in html


def test_choices_are_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.route %}", Samples())
    assert "<fieldset" in html
    assert "<legend>Route" in html
    assert html.count('type="radio"') == 2


def test_a_tick_box_stands_in_its_label() -> None:
    html = render("{% field form.ticked %}", Samples())
    assert '<label class="check"><input type="checkbox"' in html


def test_every_field_of_a_form_is_drawn_once() -> None:
    form = Correction()
    html = render("{% for one in form %}{% field one %}{% endfor %}", form)
    assert all(html.count(f'name="{name}"') >= 1 for name in form.fields)
