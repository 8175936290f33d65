// Runs before each file; what it imports once for all of them.
import './reasons-read-as-words.ts';
