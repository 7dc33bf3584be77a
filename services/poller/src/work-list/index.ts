export { type RecorderReview, type ReviewedWork, reviewRecorder } from './review-recorder.ts';
