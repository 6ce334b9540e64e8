export { createManualClock, createRandom, type ManualClock } from './clock.ts';
export { type FakeProvider, type FakeProviderOptions, type RecordedCall, startFakeProvider } from './fake-provider.ts';
export { cannedRequest, plainRequest } from './plain-request.ts';
export { type FakeRequest, type Fault, lastUserText, type Reply, sampleOf } from './reply.ts';
export { anthropicWire } from './wires/anthropic.ts';
export { geminiWire, tinyPng } from './wires/gemini.ts';
export { type FakeWire, startWire, type WireCall } from './wires/start-wire.ts';
export type { Refusal, Wire, WireFault, WireReply } from './wires/wire.ts';
