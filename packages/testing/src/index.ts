export { createManualClock, createRandom, type ManualClock } from './clock.ts';
export { type FakeProvider, type FakeProviderOptions, type RecordedCall, startFakeProvider } from './fake-provider.ts';
export { cannedRequest, plainRequest } from './plain-request.ts';
export { type FakeRequest, type Fault, lastUserText, type Reply, sampleOf } from './reply.ts';
