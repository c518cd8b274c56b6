// Compiled by tsc and never run: the package's types are what a TypeScript customer relies on.

import { version } from "pulldoctor";

export const text: string = version();

// @ts-expect-error The version is a text.
export const wrong: number = version();
