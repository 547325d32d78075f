import { rdmViewerScript } from "./rdm-viewer/viewer-script.ts";
import { viewerScript } from "./stat-map/viewer-script.ts";
import { cortexViewerScript } from "./surface-map/viewer-script.ts";

/** The scripts of figures that can be played with: what a page may run of its outputs, letter for letter. */
export const pageScripts: readonly string[] = [viewerScript, rdmViewerScript, cortexViewerScript];
