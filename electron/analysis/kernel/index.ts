// The kernel of analysis: what ../settling-kernel.ts calls, in this order for each share of a day, and ../activity-kernel.ts for each
// segment.

export * from "./memory";
export { channelNumber, channels, clearChannels, mayBeShared, sieveObservers } from "./channels";
export { meetRows, readKeys, readPorts, readWhen } from "./meet";
export { dealOut } from "./deal";
export { stitchFlows } from "./stitch";
export { adjustCounters, findWanted, hasWanted, pickCounters } from "./adjust";
export { markLeftOut } from "./once";
export { activityCounts, activitySums, addActivity, readActivityKeys, readMarks } from "./activity";
