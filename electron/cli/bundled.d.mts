export function bundledProgram(pointer?: string): string | null;
