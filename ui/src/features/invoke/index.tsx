export function InvokePage() { return null; }
export function HttpPage() { return null; }
