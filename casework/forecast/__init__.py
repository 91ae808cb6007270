"""Whether a review will miss a date, weeks before it does, from how long each stage took on this board before."""

from casework.forecast.forecasting import forecasts, review_forecast
from casework.forecast.result import Forecast, NoForecast, Outlook, Why

__all__ = ["Forecast", "NoForecast", "Outlook", "Why", "forecasts", "review_forecast"]
