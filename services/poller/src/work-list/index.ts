export { type RecorderReview, type ReviewedWork, reviewRecorder } from './review-recorder.ts';
export { reviewWorkList, type WorkListReview } from './review-work-list.ts';
