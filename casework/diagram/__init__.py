"""A review type as a picture that can hang on a wall, drawn from its table."""

from casework.diagram.drawing import diagram as diagram
from casework.diagram.drawing import middle as middle
