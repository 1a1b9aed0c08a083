"""Questions about options of normalisation layers that are changed after they were built."""

from __future__ import annotations

from .events import LayerSettingSet
from .symbols import Const, Path, truth_of
from .timeline import Timeline
from .truth import Truth, some


def stops_statistics(event: LayerSettingSet) -> bool:
    """Whether the change stops running statistics: `momentum = 0`, `track_running_stats = False`."""
    if event.name == "track_running_stats":
        return truth_of(event.value, event.path) is Truth.NO
    value = event.value.value if isinstance(event.value, Const) else None
    return event.name == "momentum" and isinstance(value, (int, float)) and not isinstance(value, bool) and value == 0


def concerns(timeline: Timeline, event: LayerSettingSet, layer: int, path: Path) -> Truth:
    """Whether the change is one of this layer."""
    return some(timeline.covers_module(each, layer, path) for each in event.selections)


def statistics_stopped(timeline: Timeline, layer: int, time: int, path: Path) -> bool:
    """Whether the running statistics of a layer may have been stopped before `time` by an option of the layer."""
    for event in timeline.of(LayerSettingSet):
        if event.time < time and stops_statistics(event) and concerns(timeline, event, layer, path) is not Truth.NO:
            return True
    return False
