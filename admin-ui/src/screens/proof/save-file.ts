// Hands a file that came through a request with credentials to the browser's download.

export function saveFile(file: Blob, name: string): void {
	const address = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// The browser has begun reading by the next turn; the address is kept a little longer for slow ones.
	setTimeout(() => {
		URL.revokeObjectURL(address);
	}, 60_000);
}
