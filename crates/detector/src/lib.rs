//! Text in, detections out; who a page means
