CREATE TABLE `files` (
	`workspace_id` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`media_type` text NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `files_content` ON `files` (`workspace_id`,`hash`,`media_type`,`name`);--> statement-breakpoint
CREATE INDEX `files_used` ON `files` (`workspace_id`,`used_at`);