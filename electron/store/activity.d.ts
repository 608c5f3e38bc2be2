import { type ActivityCounts, type SegmentActivity } from "../analysis/activity.ts";
import { type ReadDb, type WriteDb } from "./database.ts";
import { type SegmentRow } from "./read.ts";
/** Derives what is missing or was made of other settled flows. The case is settled. */
export declare function deriveActivity(db: WriteDb, between: () => Promise<void>): Promise<void>;
/** Throws it away and derives it again. */
export declare function deriveActivityAnew(db: WriteDb, between: () => Promise<void>): Promise<void>;
/** Reads what is kept; null where it is not all there, or not of the flows as they are settled now. */
export declare function keptActivity(db: ReadDb): ActivityReader | null;
/** Where activity of segments comes from. `counts` null: the segment has to be looked at tuple by tuple. */
export type ActivityReader = {
    counts(segment: SegmentRow): {
        readonly counts: ActivityCounts | null;
        readonly hasAdjusted: boolean;
    };
    whole(segment: SegmentRow, counts: ActivityCounts): SegmentActivity;
};
/** Sentences about activity that differs from what the tuples and their flows give. */
export declare function checkActivity(db: ReadDb): string[];
