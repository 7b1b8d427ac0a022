// @ts-check
// The meters as plots, by uPlot: one point a second, five minutes of them.

import { byId, clock, element } from "./dom.js";
import { micros } from "./feed.js";

/**
 * @typedef {object} Figures
 * @property {number} accepted decisions since the start
 * @property {number} refused
 * @property {number} undecided
 * @property {number} p50 microseconds
 * @property {number} p95
 * @property {number} p99
 * @property {number} cacheHits since the start
 * @property {number} cacheMisses
 * @property {number | null} jwksAgeSeconds null until keys were fetched
 * @property {number} introspectionCalls since the start
 * @property {string} server
 */
/** @typedef {{ name: string, colour: string, dash?: number[] }} Line */
/**
 * @typedef {object} Plot
 * @property {string} title
 * @property {string} hint
 * @property {number} [top] of the scale, where it has one
 * @property {Line[]} lines
 * @property {(now: Figures, before: Figures) => (number | null)[]} values
 * @property {(value: number) => string} words
 */

const MOST_POINTS = 300;
const HEIGHT = 170;

/** @param {number} value */
const whole = (value) => String(Math.round(value));

/** @type {Plot[]} */
const PLOTS = [
  {
    title: "Decisions",
    hint: "per second",
    words: whole,
    lines: [
      { name: "accepted", colour: "--accepted" },
      { name: "refused", colour: "--refused", dash: [7, 4] },
      { name: "undecided", colour: "--undecided", dash: [2, 3] },
    ],
    values: (now, before) => [
      now.accepted - before.accepted,
      now.refused - before.refused,
      now.undecided - before.undecided,
    ],
  },
  {
    title: "Time to decide",
    hint: "in the last minute",
    words: micros,
    lines: [
      { name: "p50", colour: "--accepted" },
      { name: "p95", colour: "--refused", dash: [7, 4] },
      { name: "p99", colour: "--undecided", dash: [2, 3] },
    ],
    values: (now) => [now.p50, now.p95, now.p99],
  },
  {
    title: "Cache hit ratio",
    hint: "since the start",
    top: 100,
    words: (value) => `${Math.round(value)} %`,
    lines: [{ name: "hits", colour: "--accepted" }],
    values: (now) => {
      const all = now.cacheHits + now.cacheMisses;
      return [all > 0 ? (100 * now.cacheHits) / all : null];
    },
  },
  {
    title: "Age of the keys",
    hint: "in seconds",
    words: (value) => `${Math.round(value)} s`,
    lines: [{ name: "age", colour: "--accepted" }],
    values: (now) => [now.jwksAgeSeconds],
  },
  {
    title: "Introspection",
    hint: "calls per second",
    words: whole,
    lines: [{ name: "calls", colour: "--accepted" }],
    values: (now, before) => [now.introspectionCalls - before.introspectionCalls],
  },
];

/** @type {{ plot: Plot, chart: any, data: (number | null)[][], words: HTMLElement }[]} */
let drawn = [];
/** @type {Figures | undefined} */
let before;

/** Draws the empty plots, and draws them anew when their room or the colours change. */
export function start() {
  const place = byId("plots");
  drawn = PLOTS.map((plot) => {
    const words = element("p", { class: "figures" }, "no figures yet");
    const box = element("div", { class: "chart" });
    place.append(
      element(
        "figure",
        { "data-points": "0" },
        element("figcaption", {}, plot.title, " ", element("small", {}, plot.hint)),
        box,
        words,
      ),
    );
    const data = [[], ...plot.lines.map(() => [])];
    return {
      plot,
      data,
      words,
      chart: new /** @type {any} */ (globalThis).uPlot(options(plot, box.clientWidth), data, box),
    };
  });
  new ResizeObserver(() =>
    drawn.forEach(({ chart }) => {
      const width = chart.root.parentElement.clientWidth;
      if (width > 0 && width !== chart.width) {
        chart.setSize({ width, height: HEIGHT });
      }
    }),
  ).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    drawn.forEach(({ chart }) => chart.redraw()),
  );
}

/** @param {Figures} now */
export function add(now) {
  const earlier = before ?? now;
  before = now;
  for (const { plot, chart, data, words } of drawn) {
    // A server that started anew counts from zero again.
    const values = plot.values(now, now.accepted < earlier.accepted ? now : earlier);
    data[0].push(Date.now() / 1000);
    values.forEach((value, index) => data[index + 1].push(value));
    data.filter((column) => column.length > MOST_POINTS).forEach((column) => column.shift());
    chart.setData(data);
    words.replaceChildren(
      ...plot.lines.map((line, index) =>
        element(
          "span",
          { class: "figure" },
          element("span", { class: `key ${line.colour.slice(2)}` }),
          `${line.name} `,
          element("strong", {}, typeof values[index] === "number" ? plot.words(Number(values[index])) : "–"),
        ),
      ),
    );
    chart.root.closest("figure").setAttribute("data-points", String(data[0].length));
  }
}

/** @param {string} name of a custom property */
const colour = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * @param {Plot} plot
 * @param {number} width
 */
function options(plot, width) {
  const axis = {
    stroke: colour("--soft"),
    grid: { stroke: colour("--edge"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: Math.max(width, 120),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 26, 0, 0],
    scales: {
      // Always the last minute at least, and zero at the bottom.
      x: {
        range: (/** @type {any} */ _, /** @type {number} */ min, /** @type {number} */ max) => [
          Math.min(min ?? 0, (max ?? 0) - 60),
          max ?? 1,
        ],
      },
      y: {
        range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ max) => [
          0,
          plot.top ? plot.top * 1.05 : Math.max((max ?? 0) * 1.15, 4),
        ],
      },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 70,
        values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((each) => clock(each * 1000)),
      },
      {
        ...axis,
        size: 58,
        space: 34,
        values: (/** @type {any} */ _, /** @type {number[]} */ ticks) =>
          ticks.map((each) => (plot.top && each > plot.top ? "" : plot.words(each))),
      },
    ],
    series: [
      {},
      ...plot.lines.map((line) => ({
        label: line.name,
        stroke: colour(line.colour),
        width: 2,
        dash: line.dash,
        points: { show: false },
        spanGaps: true,
      })),
    ],
  };
}
