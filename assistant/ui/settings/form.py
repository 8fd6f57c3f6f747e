"""What the pages of the settings are made of: forms, rows with a label, values that cannot be changed."""

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.widgets.elided_label import ElidedLabel
from assistant.ui.widgets.parts import text_label


def page_column(page: QWidget, intro: str) -> QVBoxLayout:
    """The column of a page, which begins with what the page is for."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.MEDIUM)
    column.addWidget(text_label(intro, "muted"))
    return column


def value_label(words: str) -> ElidedLabel:
    """Words that are shortened where there is no room; all of them stand in the tooltip."""
    label = ElidedLabel()
    label.show_line(words)
    return label


def form_layout() -> QFormLayout:
    """An empty form."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setHorizontalSpacing(theme.HUGE)
    form.setVerticalSpacing(theme.MEDIUM)
    return form


def add_row(form: QFormLayout, words: str, field: QWidget, row: QHBoxLayout | None = None) -> None:
    """Add a field with its label, which is also its name for screen readers."""
    field.setAccessibleName(
        field.accessibleName() or (f"{words}: {field.text()}" if isinstance(field, QLabel) else words)
    )
    label = QLabel(words)
    label.setBuddy(field)
    if row is None:
        form.addRow(label, field)
    else:
        form.addRow(label, row)
