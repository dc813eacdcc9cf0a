// One file for all suites that share a collector: each start of a database takes seconds.
import './oracle.suite.ts';
import './network.suite.ts';
import './states.suite.ts';
import './model.suite.ts';
