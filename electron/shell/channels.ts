// Names of the channels between a window's shell and its preload.

export const WIRE_CHANNEL = "tidemark:wire";
export const COMMAND_CHANNEL = "tidemark:command";
export const PANE_CHANNEL = "tidemark:pane";
