import { storeContract } from './contract/suite.ts';
import { postgresEngine } from './engine.ts';

storeContract('PostgreSQL', postgresEngine);
