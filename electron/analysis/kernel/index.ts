// The kernel of analysis: what ../settling-kernel.ts calls, in this order for each share of a day, ../activity-kernel.ts for each segment,
// and ../conversation-kernel.ts for the segments of a source.

export * from "./memory";
export { channelNumber, channels, clearChannels, listShared, shareChannels } from "./channels";
export { meetRows, readKeys, readPorts, readWhen } from "./meet";
export { countRows, dealOut } from "./deal";
export { stitchFlows } from "./stitch";
export { adjustCounters, findWanted, hasWanted, pickCounters } from "./adjust";
export { markLeftOut } from "./once";
export { differFromUsual, marksFirst, marksLeftOut } from "./outcome";
export {
  activityCounts,
  activitySums,
  addActivity,
  noMarks,
  readActivityKeys,
  readActivityWhen,
  readMarks,
} from "./activity";
export { addKeys, distinct, distinctAddresses, distinctKeys, readAddresses } from "./conversations";
