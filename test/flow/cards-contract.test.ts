import { describe } from 'vitest';
import { cardsContract } from './contracts/cards.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => cardsContract(inMemory()));
describe('in PostgreSQL', () => cardsContract(inPostgres()));
