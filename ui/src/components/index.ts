// The kit: accessible, and without any domain.
export * from './Button';
export * from './Confirm';
export * from './Field';
export * from './FileDiff';
export * from './LogView';
export * from './Marks';
export * from './Overlay';
export * from './Page';
export * from './Panels';
export * from './Select';
export * from './Table';
export * from './Tabs';
export * from './Tip';
export * from './Toast';
export * from './actions';
export * from './values';
