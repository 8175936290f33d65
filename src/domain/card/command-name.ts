/** What is done by one press, without a form; `allow`: the time that was asked for. */
export type CommandName = 'accept' | 'takeIt' | 'allow' | 'ping' | 'overturn' | 'undo';
