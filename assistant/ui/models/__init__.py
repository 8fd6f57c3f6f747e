"""The model library: which language models there are on this computer, and how others come to it."""

from assistant.ui.models.page import ModelsPage as ModelsPage
from assistant.ui.models.work import ModelWork as ModelWork
