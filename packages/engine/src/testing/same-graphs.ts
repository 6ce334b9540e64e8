import * as fc from 'fast-check';

/** The same graphs in every run, and no shrinking: a mutant needs to be caught, not explained. */
fc.configureGlobal({ seed: 1, endOnFailure: true });
