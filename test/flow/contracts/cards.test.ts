import { describe } from 'vitest';
import { cardsContract } from './cards.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => cardsContract(inMemory()));
describe('in PostgreSQL', () => cardsContract(inPostgres()));
