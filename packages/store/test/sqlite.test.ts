import { storeContract } from './contract/suite.ts';
import { sqliteEngine } from './engine.ts';

storeContract('SQLite', sqliteEngine);
