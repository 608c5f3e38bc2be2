import type { ActivityCounts, SegmentActivity } from "../analysis/activity.ts";
export type PackedActivity = {
    readonly counts: Uint8Array;
    readonly sums: Uint8Array;
};
/** Null, of a segment that is to be looked at tuple by tuple, is an activity without rows. */
export declare function encodeActivity(activity: SegmentActivity | null, hasAdjusted: boolean): PackedActivity;
/** Null where the segment is to be looked at tuple by tuple. */
export declare function decodeActivityCounts(frame: Uint8Array): {
    readonly counts: ActivityCounts | null;
    readonly hasAdjusted: boolean;
};
export declare function decodeActivity(counts: ActivityCounts, frame: Uint8Array): SegmentActivity;
