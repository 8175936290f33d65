/** What is done by one press, without a form. */
export type CommandName = 'accept' | 'takeIt' | 'ping' | 'overturn' | 'undo';
