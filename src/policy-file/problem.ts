/** What is wrong, and where in the file. */
export type Problem = { path: PropertyKey[]; message: string };
