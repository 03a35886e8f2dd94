/**
 * The first script of the page. A Content-Security-Policy governs requests; this takes away what it does not govern (WebRTC,
 * windows, frames, DNS hints, navigation) before any other code has run, and counts who tries.
 */
import { guardElements } from "./elements.ts";
import { takeAway } from "./take-away.ts";
import { nameTrustedScripts } from "./trusted-scripts.ts";
import { closeWaysOut } from "./ways-out.ts";

nameTrustedScripts();
closeWaysOut();
guardElements();
takeAway();
