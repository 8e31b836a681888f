"""A dashboard written the ordinary way: four plotly charts, a filter, a cached frame, a table."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

PLACES = ["All", "North", "South", "East", "West"]


@st.cache_data
def load(rows=2000):
    chance = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "date": pd.date_range("2020-01-01", periods=rows, freq="D"),
            "place": chance.choice(PLACES[1:], rows),
            "camp": chance.choice([f"C{number}" for number in range(12)], rows),
            "arrivals": (1000 + np.cumsum(chance.normal(0, 20, rows))).round(2),
            "stay": chance.uniform(200, 900, rows).round(2),
            "people": chance.integers(1, 500, rows),
        }
    )


def drawn(column, trace, name, key):
    layout = {"title": f"{name}: {place}", "height": 320}
    column.plotly_chart(go.Figure(trace, layout=layout), key=key)


st.set_page_config(layout="wide", page_title="Peer")
st.title("READY")
place = st.selectbox("Place", PLACES, key="place")
frame = load()
frame = frame if place == "All" else frame[frame["place"] == place]
one, two, three = st.columns(3)
one.metric("Arrivals", f"{frame['arrivals'].sum():,.0f}")
two.metric("People", f"{frame['people'].sum():,}")
three.metric("Rows", len(frame))
week = frame.groupby(frame["date"].dt.to_period("W").dt.start_time)["arrivals"].sum()
camp = frame.groupby("camp")["people"].sum()
mean = frame["stay"].iloc[::4].rolling(30, min_periods=1).mean()
left, right = st.columns(2)
drawn(left, go.Scatter(x=week.index, y=week.values, mode="lines"), "Arrivals", "c1")
drawn(right, go.Bar(x=camp.index, y=camp.values), "People", "c2")
few = frame.head(500)
drawn(left, go.Scatter(x=few["stay"], y=few["arrivals"], mode="markers"), "Both", "c3")
drawn(right, go.Scatter(x=frame["date"].iloc[::4], y=mean, fill="tozeroy"), "Stay", "c4")
st.dataframe(frame, height=300)
st.caption(f"END:{place}")
